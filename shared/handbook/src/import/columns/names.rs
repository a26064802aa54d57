//! What other programs call our fields: the exports of the common CRMs, of mail programs and of professional networks.
//!
//! Headings are compared folded, with `_ : *` as spaces and without the numbers that count addresses and telephones.

/// Heading, kind, field.
pub(super) const NAMES: &[(&str, &str, &str)] = &[
    ("company", "client", "name"),
    ("company name", "client", "name"),
    ("associated company", "client", "name"),
    ("account", "client", "name"),
    ("account name", "client", "name"),
    ("account.name", "client", "name"),
    ("organisation", "client", "name"),
    ("organization", "client", "name"),
    ("organization name", "client", "name"),
    ("organization - name", "client", "name"),
    ("organisation name", "client", "name"),
    ("customer", "client", "name"),
    ("customer name", "client", "name"),
    ("client", "client", "name"),
    ("client name", "client", "name"),
    ("firma", "client", "name"),
    ("kunde", "client", "name"),
    ("unternehmen", "client", "name"),
    ("industry", "client", "sector"),
    ("branche", "client", "sector"),
    ("web site", "client", "website"),
    ("company domain name", "client", "website"),
    ("company phone", "client", "phone"),
    ("account phone", "client", "phone"),
    ("number of employees", "client", "size"),
    ("numberofemployees", "client", "size"),
    ("employees", "client", "size"),
    ("mitarbeiterzahl", "client", "size"),
    ("account currency", "client", "currency"),
    ("customer since", "client", "service_since"),
    ("first name", "contact", "given_name"),
    ("firstname", "contact", "given_name"),
    ("given name", "contact", "given_name"),
    ("vorname", "contact", "given_name"),
    ("last name", "contact", "family_name"),
    ("lastname", "contact", "family_name"),
    ("surname", "contact", "family_name"),
    ("family name", "contact", "family_name"),
    ("nachname", "contact", "family_name"),
    ("name prefix", "contact", "salutation"),
    ("anrede", "contact", "salutation"),
    ("title", "contact", "job_title"),
    ("job title", "contact", "job_title"),
    ("position", "contact", "job_title"),
    ("role", "contact", "job_title"),
    ("organization title", "contact", "job_title"),
    ("organization - title", "contact", "job_title"),
    ("organization department", "contact", "department"),
    ("organization - department", "contact", "department"),
    ("email", "contact", "emails"),
    ("e-mail", "contact", "emails"),
    ("email address", "contact", "emails"),
    ("e-mail address", "contact", "emails"),
    ("e-mail - value", "contact", "emails"),
    ("work email", "contact", "emails"),
    ("mobile", "contact", "phones"),
    ("mobilephone", "contact", "phones"),
    ("mobile phone", "contact", "phones"),
    ("mobile phone number", "contact", "phones"),
    ("direct phone", "contact", "phones"),
    ("phone - value", "contact", "phones"),
    ("birthdate", "contact", "birthday"),
    ("date of birth", "contact", "birthday"),
    ("preferred language", "contact", "language"),
    ("mailing address", "contact", "address"),
    ("address - formatted", "contact", "address"),
];

/// Headings of one column with a person's whole name.
pub(super) const WHOLE_NAMES: &[&str] =
    &["contact", "contact name", "full name", "person", "ansprechpartner", "name"];

/// Headings that mean the person's field in a file about people, and the firm's in one about firms; an empty field is none
/// of ours.
pub(super) const EITHER: &[(&str, &str, &str)] = &[
    ("phone", "phone", "phones"),
    ("phone number", "phone", "phones"),
    ("telephone", "phone", "phones"),
    ("telefon", "phone", "phones"),
    ("notes", "profile_goals", "notes"),
    ("note", "profile_goals", "notes"),
    ("description", "profile_goals", "notes"),
    ("url", "website", ""),
    ("website url", "website", ""),
];

/// Pieces of a postal address in the order in which they are put together.
pub(super) const PIECES: &[(&str, u8)] = &[
    ("street", 0),
    ("street address", 0),
    ("strasse", 0),
    ("postal code", 1),
    ("postalcode", 1),
    ("zip", 1),
    ("zip/postal code", 1),
    ("plz", 1),
    ("city", 2),
    ("ort", 2),
    ("state", 3),
    ("state/region", 3),
    ("state/province", 3),
    ("region", 3),
    ("country", 4),
    ("country/region", 4),
    ("land", 4),
];

/// What may stand before a piece, and whether the address is then a person's; without any, the file decides.
pub(super) const WHOSE: &[(&str, bool)] =
    &[("billing", false), ("company", false), ("mailing", true), ("address -", true)];
