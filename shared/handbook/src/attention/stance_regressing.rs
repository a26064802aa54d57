//! A key contact stands less well to us than before, or a decision maker against us (domain.md "stakeholder regressing").

use super::{Facts, Reason, Setting, Severity, contact_name};
use crate::figures::stakeholders::regressed;
use crate::records::{ContactRole, Stance};
use crate::typed::Choice;
use crate::words::Sentence;

pub(super) fn rule(facts: &Facts, setting: &Setting) -> Vec<Reason> {
    let regressing = facts.key_contacts(setting.today).filter_map(|contact| {
        let stance = contact.stance.filter(|stance| *stance != Stance::Foreign)?;
        if contact.stance_wanted.is_some_and(|wanted| stance >= wanted) {
            return None;
        }
        let (name, now) = (contact_name(contact), stance.label());
        let before = facts.stances_before.get(&contact.id);
        let before = before.filter(|before| regressed(contact, **before));
        let decides = contact.roles.contains(&ContactRole::DecisionMaker);
        let sentence = match before {
            Some(before) => {
                let before = before.label();
                Sentence::new(
                    format!("{name} was “{}” and is now “{}”.", before.en, now.en),
                    format!("{name} war „{}“ und ist jetzt „{}“.", before.de, now.de),
                )
            }
            None if decides && stance < Stance::Neutral => Sentence::new(
                format!("{name} decides there and is “{}”.", now.en),
                format!("{name} entscheidet dort und ist „{}“.", now.de),
            ),
            None => return None,
        };
        let reason = Reason::new("stance-regressing", Severity::Soon, sentence)
            .seen_in(Sentence::new(name.clone(), name), Some(("contact", contact.id)))
            .clears(
                "they stand as wanted, or no worse than before",
                "die gewünschte oder die frühere Haltung erreicht ist",
            );
        Some(reason)
    });
    regressing.collect()
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{check, check_german, contact};
    use super::*;
    use crate::figures::fixture::id;

    /// Covers: S0.6
    #[test]
    fn against_before_and_wanted() {
        use Stance::{Leading, Neutral, Resistant, Supportive};
        let facts = |role, now, wanted, before: Option<Stance>| {
            let mut one = contact(1, "Otto", role);
            (one.record.stance, one.record.stance_wanted) = (Some(now), wanted);
            let stances_before = before.map(|before| (id(1), before)).into_iter().collect();
            Facts { contacts: vec![one], stances_before, ..Facts::default() }
        };
        let (sponsor, decides) = (ContactRole::Sponsor, ContactRole::DecisionMaker);
        let worse = facts(sponsor, Neutral, Some(Leading), Some(Supportive));
        check(rule, &worse, &[(Severity::Soon, "Otto was “Supportive” and is now “Neutral”.")]);
        let supportive = Supportive.label().de;
        let neutral = Neutral.label().de;
        let german = format!("Otto war „{supportive}“ und ist jetzt „{neutral}“.");
        let clears = "die gewünschte oder die frühere Haltung erreicht ist";
        check_german(rule, &worse, [&german, "Otto", clears]);
        check(rule, &facts(sponsor, Neutral, Some(Neutral), Some(Supportive)), &[]); // as wanted
        check(rule, &facts(sponsor, Supportive, Some(Leading), Some(Supportive)), &[]);
        check(rule, &facts(sponsor, Resistant, None, None), &[]);
        let against = "Otto decides there and is “Resistant”.";
        check(rule, &facts(decides, Resistant, None, None), &[(Severity::Soon, against)]);
        check(rule, &facts(decides, Neutral, Some(Leading), None), &[]);
        check(rule, &facts(ContactRole::User, Neutral, Some(Leading), Some(Supportive)), &[]);
    }
}
