"""The words where a platform keeps the course: in place of those that speak of a device.

What begins with ``shelf-nothing-`` takes the place of a word where nothing is kept, any other
``shelf-`` of one where the platform keeps what a reader agreed to.
"""

SHELVES = {
    "shelf-keep-question": "Keep finished attempts on this platform?",
    "shelf-keep-help": "Nothing is kept until you say yes. What is kept goes to the platform that "
    "opened this course, such as Moodle, into your account there, until you erase it. Whoever runs "
    "the platform can read it, and see each choice that you made.",
    "shelf-kept": "Finished attempts are kept on this platform, in your account.",
    "shelf-kept-none": "Nothing is kept on this platform.",
    "shelf-kept-list": "Kept on this platform",
    "shelf-kept-erased": "Erased. The course keeps nothing of what you did on this platform now.",
    "shelf-kept-denied": "This platform does not let the course keep anything. The course works "
    "all the same.",
    "shelf-kept-full": "The platform has no room left for this course, so this was not kept. The "
    "course works all the same.",
    "shelf-erase-question": "Erase everything that is kept on this platform?",
    "shelf-erase-help": "Your attempts, your place in each of them and your marks will be gone. "
    "This cannot be undone. The platform may have copies, and still shows whether you finished.",
    "shelf-front-where": "You said yes to keeping your place on this platform.",
    "shelf-chapter-kept": "This platform keeps where you are. When you come back to this page, it "
    "offers to go on from here.",
    "shelf-change-none": "No finished test is kept on this platform. Finish a test, and say yes to "
    "keeping it.",
    "shelf-task-record-kept": "Use the record that is kept on this platform",
    "shelf-draft-question": "Keep what you write here for as long as the course is open?",
    "shelf-draft-kept": "What you write here is kept until you close the course, and goes to "
    "nobody. Make your hand-in before you close it.",
    "shelf-draft-erase-help": "They will be gone from this page. This cannot be undone. A hand-in "
    "that you made stays where it is.",
    "shelf-draft-erased": "Erased. Your answers to this exercise are gone from this page.",
    "shelf-hand-records-help": "They are kept on this platform, and show which choices you made. "
    "They are never marked.",
    "shelf-hand-erase": "Have you given it? Then you can erase your answers from this page:",
    "shelf-nothing-kept-denied": "Nothing of what you do is kept here. The course works all the "
    "same.",
    "shelf-nothing-kept-none": "Nothing is kept here.",
    "shelf-nothing-chapter-lost": "Nothing is kept when you leave this page. To go on another "
    "day, copy your decision record below.",
    "shelf-nothing-keep-declined": "Nothing is kept here. If you reload or leave this page, what "
    "you did on it is gone.",
    # the way on, where the next page is not in the package
    "shelf-home-done": "Done. Back to the beginning:",
    "shelf-home": "Back to the beginning:",
    # on a page that speaks of the device, or of other pages
    "shelf-note": "You read this course on a platform. Where this page says what stays on your "
    "device, other rules hold here:",
    # in place of the page that says what stays on the device
    "shelf-title": "What is kept here",
    "shelf-asks": "The course asks before it keeps any of your answers and choices. If you do not "
    "say yes, they are gone when you close it, and everything still works.",
    "shelf-status": "Before you say yes, the platform hears two things from the course: that you "
    "opened it, and that you finished it. If you never say yes, it hears that you finished only "
    "if you do everything in one visit. It may note by itself when you were here and for how "
    "long, as it does with everything that it shows.",
    "shelf-what": "If you say yes, these go into your account on the platform: the attempts that "
    "you finish, with your choices, the result and the date; the place where you stopped; the "
    "page that you were on last; the pages that you mark as read. What you write in an exercise "
    "does not go there.",
    "shelf-who": "Whoever runs the platform can read all of this, and replay what you chose. You "
    "need not agree. If a choice is nobody else's business, do not agree.",
    "shelf-erase": "You can see it all below, copy it and erase it. The platform may have copies "
    "of its own, and still shows whether you finished.",
    "shelf-leave": "The button Leave ends the course and shows another page. Where the platform "
    "does not allow that, close the tab. The platform still shows that you opened the course, and "
    "the browser's history that you were on the platform.",
    "shelf-nothing-title": "Nothing is kept here",
    "shelf-nothing-asks": "This copy of the course keeps none of your answers and choices, and "
    "sends them to nobody. When you leave a page or load it again, what you did on it is gone. "
    "Whoever reads here after you sees nothing of it.",
    "shelf-nothing-leave": "Leave does not clear the browser's history, and the device that gives "
    "you the course may note which pages were opened.",
    # of a package, where a library lists it
    "package-licence": "Course: CC BY 4.0. Programs in it: MIT.",
}
