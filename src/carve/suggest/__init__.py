"""Where a class would come apart by itself: graph, figures, clusters, and a draft of a plan."""
