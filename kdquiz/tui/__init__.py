"""The terminal app: screens that hold one session each, call one method a key press and draw its view.

    app        opens screens, owns the grading processes        writing    alone writes to the store
    services   everything the app is given: content, store, schedule, clock, randomness
    messages   what screens tell the app, and what it answers   ending    when it is killed politely
    screens/   home, quiz, summary, drill      kinds/    the widget that takes a response, one file a kind
    widgets/   parts of a screen               dialogs/  help, questions to confirm, faults

The only package that imports Textual. Rules live in `kdquiz.sessions`; texts from packs, learners and reports pass
`widgets.prose`, which never reads them as markup.
"""
