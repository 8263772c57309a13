"""How names and contact points are compared, and which people may be the same. Plain Python."""
