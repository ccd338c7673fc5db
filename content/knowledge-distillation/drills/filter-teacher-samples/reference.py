"""One good solution: every sample gets one fate, and what is compared is compared among those that are right."""

FATES = ("held out", "unfinished", "too long", "wrong", "not the shortest", "duplicate", "kept")


def filter_samples(samples: list[dict], held_out: list[str], longest: int) -> tuple[list[int], dict[str, int]]:
    """The indices of the samples to train on, and how many there are of each fate."""
    forbidden = {normalised(prompt) for prompt in held_out}
    fates = ["" for _ in samples]
    for index, sample in enumerate(samples):
        if normalised(sample["prompt"]) in forbidden:
            fates[index] = "held out"
        elif not sample["finished"]:
            fates[index] = "unfinished"
        elif length(sample) > longest:
            fates[index] = "too long"
        elif answer(sample["text"]) != sample["answer"]:
            fates[index] = "wrong"

    best = {}  # prompt -> the shortest right sample so far
    for index, sample in enumerate(samples):
        if fates[index] == "":
            prompt = sample["prompt"]
            if prompt not in best or length(sample) < length(samples[best[prompt]]):
                best[prompt] = index
    seen = set()
    for index, sample in enumerate(samples):
        if fates[index] == "":
            text = normalised(sample["text"])
            if best[sample["prompt"]] != index:
                fates[index] = "not the shortest"
            elif text in seen:
                fates[index] = "duplicate"
            else:
                fates[index] = "kept"
                seen.add(text)
    kept = [index for index, fate in enumerate(fates) if fate == "kept"]
    return kept, {fate: fates.count(fate) for fate in FATES}


def normalised(text: str) -> str:
    return " ".join(text.lower().split())


def length(sample: dict) -> int:
    return len(sample["text"].split())


def answer(text: str) -> str | None:
    """What stands behind the last `Answer:`, or None where there is none."""
    _, found, behind = text.rpartition("Answer:")
    return behind.strip() if found else None
