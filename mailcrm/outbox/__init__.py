"""From the words of a template to the bytes that leave: render, compose, and the queue that hands them to SMTP."""
