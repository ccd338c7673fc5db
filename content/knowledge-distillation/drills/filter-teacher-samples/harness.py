"""Samples of a teacher with everything that goes wrong in such a set: cut off, long, wrong, repeated, or of the test.

They are made from a seed as JSON, and read before the call. Numbers in the texts are small, so that right answers,
equal lengths and equal texts come up by chance as well as by design.
"""

import copy
import json
import random
from typing import Any

import torch

FATES = ("held out", "unfinished", "too long", "wrong", "not the shortest", "duplicate", "kept")
PROMPTS = {
    form.format(a, b): str(a + b)
    for form in ("What is {} + {}?", "Add {} and {}.")
    for a, b in ((1, 3), (2, 2), (3, 1), (1, 4), (2, 3), (3, 2), (4, 1))
}
FILLERS = ("so", "then", "we", "add", "both", "numbers", "carefully")


def arrange(drawn: dict[str, Any]) -> dict[str, Any]:
    """The samples and the held-out prompts as JSON."""
    chance = random.Random(drawn["seed"])
    prompts = {one: PROMPTS[one] for one in chance.sample(list(PROMPTS), drawn["prompts"])}
    samples = [sample(chance, prompt, right) for prompt, right in prompts.items() for _ in range(drawn["each"])]
    for one in samples[:]:
        if chance.random() < 0.5:  # the same words in answer to a prompt with the same result, itself perhaps
            prompt = chance.choice([prompt for prompt, right in prompts.items() if right == one["answer"]])
            text = chance.choice((one["text"], respaced(chance, one["text"])))
            samples.append({**one, "prompt": prompt, "text": text, "finished": True})
    chance.shuffle(samples)
    first, second, third = chance.sample(list(prompts), 3)
    held_out = [first, second.lower(), respaced(chance, third)]
    return {**drawn, "samples": json.dumps(samples), "held_out": json.dumps(held_out)}


def sample(chance: random.Random, prompt: str, right: str) -> dict[str, Any]:
    """One answer of the teacher."""
    said = right if chance.random() < 0.7 else str(int(right) + 1)
    words = [*chance.choices(FILLERS, k=chance.choice((0, 1, 1, 2, 3, 6)))]
    if chance.random() < 0.4:
        words += ["Answer:", str(int(right) + chance.randint(0, 1)), "no,"]  # changes its mind
    words += [chance.choice(("Answer:", "Answer:", "Answer:", "Answer:", "answer is")), said]
    if chance.random() < 0.15:
        words = [said]  # the bare result, which no `Answer:` announces
    return {"prompt": prompt, "text": " ".join(words), "finished": chance.random() < 0.85, "answer": right}


def respaced(chance: random.Random, text: str) -> str:
    """The same text with other spaces, and in other capitals up to the last `Answer:`."""
    before, marker, behind = text.rpartition("Answer:")
    if not marker:
        return f" {text.upper()}  "
    return chance.choice((before.upper(), before.capitalize())) + marker + "  " + behind.strip()


def perform(function, samples, held_out, longest):
    given = json.loads(samples)
    forbidden = json.loads(held_out)
    taken = copy.deepcopy(given)
    answered = function(taken, list(forbidden), longest)
    if not isinstance(answered, tuple) or len(answered) != 2:
        raise ValueError("`filter_samples` must return two values: the indices and the counts")
    kept, counts = answered
    if not isinstance(kept, list) or not all(type(one) is int for one in kept):
        raise ValueError("the first value must be a list of whole numbers, the indices of what is kept")
    if not isinstance(counts, dict) or not all(type(one) is int for one in counts.values()):
        raise ValueError("the second value must be a dict of whole numbers, one for each fate")
    results = {
        "kept": torch.tensor(kept, dtype=torch.int64),
        "samples left as they were": torch.tensor(taken == given),
    }
    for name in FATES:
        results[f"count of '{name}'"] = torch.tensor(counts.get(name, -1))
    if all(0 <= one < len(given) for one in kept):
        again = function([copy.deepcopy(given[one]) for one in kept], list(forbidden), longest)
        results["kept of what was kept"] = torch.tensor(again[0], dtype=torch.int64)
    return results
