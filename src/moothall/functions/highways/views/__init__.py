"""Pages for inspectors (`roads`) and for crews outdoors (`crew`)."""
