"""What is written down: every form as data, and the web forms and papers built from it."""
