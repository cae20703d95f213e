"""A Ray cluster of two nodes on this machine: prints its address, loses one node at `kill`, ends at the end of stdin."""

from __future__ import annotations

import os
import sys
from typing import Any

os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
os.environ.setdefault("RAY_raylet_start_wait_time_s", "120")

from ray.cluster_utils import Cluster

SMALL = {"num_cpus": 1, "object_store_memory": 80 * 2**20, "include_dashboard": False}

cluster: Any = Cluster(initialize_head=True, head_node_args=SMALL)
second = cluster.add_node(num_cpus=1, object_store_memory=80 * 2**20)
sys.stdout.write(f"address {cluster.address}\n")
sys.stdout.flush()
for line in sys.stdin:
    if line.strip() == "kill":
        cluster.remove_node(second, allow_graceful=False)
        sys.stdout.write("killed\n")
        sys.stdout.flush()
cluster.shutdown()
