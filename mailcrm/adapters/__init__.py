"""The edges: one adapter per port, and the fakes that are shipped with them. They know ports and domain only."""
