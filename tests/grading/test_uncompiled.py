"""The compiler that is left out, in a process of its own: torch is changed for good there."""

import subprocess
import sys

CODE = """
import sys, torch
from kdquiz.grading.uncompiled import leave_the_compiler_out

def trained():
    found = []
    for kind in KINDS:
        torch.manual_seed(3)
        layer = torch.nn.Linear(3, 2)
        optimiser = kind(layer.parameters(), lr=0.1)
        schedule = torch.optim.lr_scheduler.ExponentialLR(optimiser, 0.5)
        for _ in range(3):
            optimiser.zero_grad()
            layer(torch.ones(4, 3)).pow(2).sum().backward()
            optimiser.step()
            schedule.step()
        optimiser.load_state_dict(optimiser.state_dict())
        found.append(layer.weight.detach().clone())
    return torch.stack(found)

KINDS = (torch.optim.SGD, torch.optim.AdamW, torch.optim.Adam, torch.optim.RMSprop, torch.optim.Adagrad)
STEPS = [kind.step for kind in KINDS]
leave_the_compiler_out()
without = trained()
print("imported", "torch._dynamo" in sys.modules, torch.is_grad_enabled())
for kind, step in zip(KINDS, STEPS):
    kind.step = step
torch.use_deterministic_algorithms(True)  # imports it
print("equal", torch.equal(without, trained()), "torch._dynamo" in sys.modules)
"""


def test_training_is_what_it_was_and_the_compiler_stays_out_until_it_is_wanted() -> None:
    said = subprocess.run([sys.executable, "-c", CODE], check=True, capture_output=True, text=True).stdout
    assert said.splitlines() == ["imported False True", "equal True True"]
