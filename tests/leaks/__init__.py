"""Who sees what: a planted county, walked by everybody. A package, so that its one database goes when its tests end."""
