namespace s2a {}
