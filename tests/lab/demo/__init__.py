"""Makes the evidence of the recorded cases anew: ``python -m tests.lab.demo``. docs/demo.md"""
