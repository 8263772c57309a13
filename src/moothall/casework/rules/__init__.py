"""What may follow what, when a promise is due, which steps are ready, and how queues are filtered. Plain Python."""
