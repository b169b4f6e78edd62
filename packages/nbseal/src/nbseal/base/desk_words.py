"""What the page says on which a person marks, in English; a word in braces is replaced."""

DESK = {
    "desk-title": "Mark: {title}",
    "desk-where": "Text {number} of {count}",
    "desk-sample": "Sample {number} of {count}",
    "desk-left": "{count} to mark.",
    "desk-none-left": "Nothing is left to mark.",
    "desk-stops": "Another task is needed for {count}.",
    "desk-nobody": "Nothing is graded yet for which there could be a text.",
    "desk-all-saved": "All is saved.",
    "desk-saving": "Being saved: {count}.",
    "desk-being-saved": "Being saved ...",
    "desk-unsaved": "Not saved yet: {count}. The page tries again; leave it open, and look "
    "whether its program still runs.",
    "desk-words": "{count} words.",
    "desk-new": "You have not marked it yet.",
    "desk-marked": "Marked: {points} of {most} points.",
    "desk-empty": "Nothing was written: 0 points by themselves.",
    "desk-missing": "The graded notebook cannot be read. Grade it again.",
    "desk-no-text": "There is nothing to show.",
    "desk-anew": "Something else was handed in since you marked it; it had {points} points. It "
    "waits for you.",
    "desk-again": "Your mark waits for another look: something about this text was graded again.",
    "desk-both": 'You gave {points} points, and "{other}" gave {theirs}. Until you agree the text '
    "has no mark. Talk about the criteria; then whoever thinks otherwise by now marks it again.",
    "desk-differ": "{key}: yours {mine}, the other's {theirs}.",
    "desk-differ-cap-mine": "You alone saw harm that caps the points.",
    "desk-differ-cap-theirs": "The other alone saw harm that caps the points.",
    "desk-elsewhere": "Another program, such as the formgrader, has set a mark here.",
    "desk-elsewhere-points": "Set elsewhere, such as in the formgrader: {points} points, which "
    "count.",
    "desk-elsewhere-comment": "The comment there: {comment}",
    "desk-marks": "Marks",
    "desk-points": "Points, of {most}",
    "desk-sum": "{points} of {most} points",
    "desk-cap": "Cap: {most} points",
    "desk-cap-on": "The cap of {most} points applies: {points} points.",
    "desk-cap-off": "The cap of {most} points does not apply: {points} points.",
    "desk-set": "{key}: {score}. Next: {next}",
    "desk-set-last": "{key}: {score}. {points} points in all.",
    "desk-incomplete": "{key} has no points yet.",
    "desk-range": "Give points from 0 to {most}.",
    "desk-long": "A comment has {most} letters at most.",
    "desk-comment": "Comment for the learner",
    "desk-saved": "Comments that you wrote before",
    "desk-inserted": "Put into the comment: {comment}",
    "desk-save": "Save and go on",
    "desk-previous": "Text before",
    "desk-next": "Text after",
    "desk-show": "Show text {number}",
    "desk-undo": "Take back my last mark",
    "desk-taken-back": "Taken back. {where}",
    "desk-nothing-back": "There is no mark of yours to take back.",
    "desk-not-back": "It could not be taken back. Look whether the page's program still runs.",
    "desk-keys": "Keys",
    "desk-keys-on": "Use keys",
    "desk-close": "Close",
    "desk-key-list": "0 1 2 3 = points of the criterion, and on to the next one\n"
    "↑ ↓ = another criterion\n"
    "k = the cap applies, or does not\n"
    "c = write a comment; Escape leaves it\n"
    "4 to 9 = one of your comments from before\n"
    "Enter = save, and go to the next text that is not marked; in a comment Ctrl + Enter\n"
    "← → = the text before, and the one after\n"
    "u = take back your last mark\n"
    "s = stop: a real case, or the writer's own story\n"
    "? = these keys",
    "desk-stop": "Stop: a real case",
    "desk-stopped": "You stopped here. Nothing is marked, and the text stays hidden.",
    "desk-stop-plain": "If a text tells the writer's own story or a real case, nobody marks or "
    "copies it. Tell the writer in private that you stopped and that no points are lost, and "
    "offer another task.",
    "desk-who": "Whose text is it?",
    "desk-whose": "Speak in private with: {who}",
    "desk-mistake": "You stopped by mistake?",
    "desk-mistake-why": "Only if the text tells no real case: it is shown again, and can be "
    "marked.",
    "desk-open-new": "Something else was handed in since",
    "desk-open-new-why": "If you agreed on another task, its text may stand here now.",
    "desk-open": "Show the text",
    "desk-before": "Before you mark",
    "desk-practise": "Practise with samples",
    "desk-practice": "This is practice: nothing is saved. Escape ends it.",
    "desk-first-samples": "Mark the samples of the rubric first, together if you are several: "
    "nothing of that is saved.",
    "desk-compare": "Compare with the rubric",
    "desk-next-sample": "Go on",
    "desk-revealed": "The rubric's own numbers stand below yours. Enter goes on.",
    "desk-criterion": "Criterion",
    "desk-yours": "Yours",
    "desk-rubrics": "The rubric's",
    "desk-agreement": "Agreement",
    "desk-agree-none": "No other marker has marked a text that you have marked.",
    "desk-agree-criteria": "Criteria: {exact} of {count} equal, {within} at most one point apart.",
    "desk-agree-points": "Points in all: {exact} of {count} equal, {within} at most one point "
    "apart.",
    "desk-agree-apart": "Texts that wait for you both: {count}.",
    "desk-kappa": "Weighted kappa: {kappa}.",
    # why a mark was not taken
    "desk-not-mine": "Another window of yours gave this text {points} points meanwhile; yours are "
    "not saved. Look at both, and press Enter to put yours in their place.",
    "desk-not-undone": "Another window of yours took the mark of this text back meanwhile; yours "
    "is not saved. Press Enter to save it.",
    "desk-not-anew": "Something else was handed in meanwhile; your mark is not saved. Read the "
    "new text.",
    "desk-not-elsewhere": "Another program, such as the formgrader, has set a mark here. Look at "
    "it, and press Enter again to put yours in its place.",
    "desk-not-stopped": "Somebody stopped at this text meanwhile. Nobody marks it.",
    "desk-not-there": "The graded notebook cannot be read; your mark is not saved. Grade it again.",
    "desk-gone": "This text is not in the gradebook any more. Load the page again.",
    "desk-old": "The page is older than the rubric. Load it again.",
}
