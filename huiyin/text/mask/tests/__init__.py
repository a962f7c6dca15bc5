"""Tests of masking and the sentences, all of our own writing, on which its recall and precision are measured."""
