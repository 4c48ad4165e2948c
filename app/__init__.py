"""The program: entry points, controllers, and what ties the parts together."""

import os

# The worker processes are the parallelism: threads of linear algebra would only take the cores from them, and spin
# while they wait. Read when NumPy is first imported, so it stands where every way into the program passes.
for _library in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_library, "1")
