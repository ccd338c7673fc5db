def filter_samples(
    samples: list[dict],
    held_out: list[str],
    longest: int,
) -> tuple[list[int], dict[str, int]]:
    """The indices of the samples to train on, and how many there are of
    each fate."""
    raise NotImplementedError("five reasons to drop a sample, in order; then one sample a prompt")
