//! How the sample firm keeps its many records apart: tiers, tags, kept views, two fields of its own.

use crate::ids::{RecordId, RecordKey};
use crate::op::Op;
use crate::records::{Client, OwnField, OwnHome, OwnType, OwnValue, SavedView, Tier};
use crate::typed::{Choice, Id, Record};
use crate::value::Value;

/// What is marked at a client: its name, tier, tags, the number of its sites, the way its orders are placed.
type Marks = (&'static str, Tier, &'static [&'static str], &'static str, &'static str);

const MARKS: &[Marks] = &[
    ("Merrow Water Board", Tier::Key, &["utility", "framework contract"], "14", "Portal"),
    ("Northmere Rail", Tier::Key, &["framework contract", "night work"], "22", "Portal"),
    ("Tessel Foods", Tier::Standard, &["seasonal"], "3", "E-mail"),
    ("Saltmere Port Authority", Tier::Key, &["utility", "night work"], "2", "Portal"),
    ("Corran Vale Hospitals", Tier::Standard, &["night work"], "5", "Letter"),
    ("Aho Timber Works", Tier::Standard, &["seasonal"], "1", "E-mail"),
    ("Pellworth District Council", Tier::Occasional, &["framework contract"], "", "Letter"),
    ("Hallgarth Mills", Tier::Occasional, &["seasonal"], "1", ""),
];

/// Kept views of the client list: name and address.
const VIEWS: &[(&str, &str)] = &[
    ("Key clients", "tier=key&columns=sector%2Ctier%2Caccount_manager%2Creasons"),
    ("Night work", "tags=night%20work"),
    ("With us for five years", "service_since=..today-1826&sort=service_since"),
];

/// Label, type and choices of the own fields of clients, in the order of [`Marks`].
const FIELDS: [(&str, OwnType, &[&str]); 2] = [
    ("Sites served", OwnType::Number, &[]),
    ("Orders come by", OwnType::Pick, &["Portal", "E-mail", "Letter"]),
];

/// The own fields under these ids, and the views, with fresh ids.
pub(super) fn firm(fields: [RecordId; 2], new_id: &mut dyn FnMut() -> RecordId) -> Vec<Op> {
    let made = fields.iter().zip(FIELDS).map(|(id, (label, holds, choices))| {
        let field = OwnField {
            label: label.into(),
            kind: Some(OwnHome::Client),
            holds: Some(holds),
            choices: choices.iter().map(|choice| (*choice).to_owned()).collect(),
            hint: String::new(),
        };
        field.create(*id)
    });
    let mut ops: Vec<Op> = made.collect();
    ops.extend(VIEWS.iter().map(|(name, query)| {
        let view = SavedView {
            name: (*name).into(),
            place: "/clients".into(),
            query: (*query).into(),
            owner: None,
        };
        view.create(new_id())
    }));
    ops
}

/// The marks of a client; what belongs into its own record comes first.
pub(super) fn client(
    name: &str,
    client: RecordId,
    fields: [RecordId; 2],
    new_id: &mut dyn FnMut() -> RecordId,
) -> Vec<Op> {
    let Some((_, tier, tags, sites, orders)) = MARKS.iter().find(|(known, ..)| *known == name)
    else {
        return Vec::new();
    };
    let key = RecordKey::new(Client::KIND, client);
    let tags = tags.iter().map(|tag| Value::Text((*tag).into())).collect();
    let mut ops = vec![
        Op::Set { key, field: "tier", value: Value::Choice(tier.key().into()) },
        Op::Set { key, field: "tags", value: Value::Many(tags) },
    ];
    for (field, value) in fields.iter().zip([sites, orders]).filter(|(_, value)| !value.is_empty())
    {
        let about = key.to_string();
        let own = OwnValue { about, field: Some(Id::new(*field)), value: (*value).into() };
        ops.push(own.create(new_id()));
    }
    ops
}
