"""What a record of completion says."""

COMPLETION = {
    "done-title": "Record of completion",
    # the name that is signed, in the language of the record
    "done-course": "Four Ps",
    "done-whole": "has completed the exercises of all modules of the course {course}, on "
    "counter-trafficking in humanitarian action.",
    "done-modules": "has completed the exercises of these modules of the course {course}, on "
    "counter-trafficking in humanitarian action.",
    "done-module": "Module",
    "done-way": "Way",
    "done-hours": "Hours planned",
    "done-practitioner": "Practitioner",
    "done-information": "Information management",
    "done-issuer": "Issued by",
    "done-date": "Date",
    "done-marked": "Written tasks marked by",
    "done-marker": "{name}, on {date} at the latest",
    "done-total": "Hours planned, together",
    "done-version": "Version of the course",
    "done-number": "Number of this record",
    "done-id": "Learner's id",
    "done-criteria": "What completing an exercise takes",
    "done-criteria-practitioner": "Practitioner: at least {needed} of the first {of} points, in "
    "tasks 1 to {last}.",
    "done-criteria-information": "Information management: at least {needed} of all {of} points.",
    "done-criteria-marked": "Automatic checks gave the points of the short tasks, and a person "
    "marked the written tasks. Lateness takes no points off here. The hours are planned hours, "
    "not measured hours.",
    "done-limits": "What this record does not say",
    "done-limits-text": "It is no accreditation and no certificate of competence. It qualifies "
    "nobody to identify or interview a trafficked person. No organisation endorses the course, "
    "and the person who issues this record speaks only for themselves.",
    "done-check": "How to check it",
    "done-check-text": "This file carries a signature. Ask the issuer for the public key and the "
    "list of revoked records, and run: fourps grade verify FILE --key KEY. A valid signature "
    "proves who issued the record, and nothing more.",
    "done-key": "Fingerprint of the key (SHA-256): {key}",
}
