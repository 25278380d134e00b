"""What things are: frozen data, and nothing that reads, writes or decides."""
