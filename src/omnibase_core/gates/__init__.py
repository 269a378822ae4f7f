"""What the runtime promises about itself: each gate yields findings, and none fixes anything."""
