"""What deletion must pass: each gate yields findings, and none of them fixes anything."""
