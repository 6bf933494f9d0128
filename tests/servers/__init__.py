"""Real servers for tests, private and on loopback, and scripted ones that fail on purpose."""
