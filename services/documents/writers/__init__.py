"""One writer for each kind of file: Word, Excel, PDF."""
