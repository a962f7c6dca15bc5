"""Library part: papers judged and counted: choices, approval, points, rankings, transferable votes."""
