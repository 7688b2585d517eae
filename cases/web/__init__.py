"""What every page shares: the frame, the words and dates, the headers, the error pages."""
