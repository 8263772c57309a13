"""What everyone may see: promises kept and missed, and who shares what with whom."""
