"""The pages of the desk, one module for each topic: parse, ask or command once, answer."""
