"""What other systems ask: Open311 GeoReport v2, and the Open Referral UK directory."""
