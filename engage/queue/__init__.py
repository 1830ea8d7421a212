"""Work that is done later, by a worker process: jobs as rows, and the queue that carries their numbers."""
