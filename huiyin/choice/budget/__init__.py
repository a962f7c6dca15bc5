"""Library part: choosing projects within a budget, greedily or by equal shares, exactly and with reasons."""
