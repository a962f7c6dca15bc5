"""The only writer of hotspots and matters: joining and leaving, grouping under one lock, the nightly rebuild."""
