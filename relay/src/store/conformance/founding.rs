//! How spaces begin, and begin anew.

use wire::{LogId, Refusal, Role, RowKind, SpaceId, chain_start};

use super::{AppendError, Person, Stage, founding_of, session};
use crate::log::Again;
use crate::token;

pub(super) async fn a_space_is_founded_once_and_by_one_token(stage: &Stage) {
    let (ada, ben) = (Person::named("Ada"), Person::named("Ben"));
    let store = &stage.store;
    let refused = |refusal| Err(AppendError::Refused(refusal));

    assert_eq!(store.found(founding_of(&ada, Some("a"))).await, refused(Refusal::TokenWrong));
    assert_eq!(store.spaces().await, Ok(vec![]));

    store.put_token(token::digest("a"), 0, false).await.expect("a token is taken");
    store.put_token(token::digest("b"), 0, false).await.expect("a second one beside it");
    assert_eq!(store.found(founding_of(&ada, Some("c"))).await, refused(Refusal::TokenWrong));
    assert_eq!(store.found(founding_of(&ada, Some("a"))).await, Ok(1));
    assert_eq!(store.found(founding_of(&ben, Some("a"))).await, refused(Refusal::TokenUsed));

    // A founder who never heard the answer asks again, and it costs no second token.
    assert_eq!(store.found(founding_of(&ada, Some("a"))).await, Ok(1));
    assert_eq!(store.found(founding_of(&ada, Some("b"))).await, Ok(1));
    assert_eq!(store.found(founding_of(&ben, Some("b"))).await, Ok(1));

    let spaces = [&ada, &ben].map(|person| person.founds().1.space());
    assert_eq!(store.spaces().await, Ok(spaces.to_vec()));
    for space in spaces {
        let pulled = stage.pull(space, 0, u32::MAX).await;
        assert_eq!(pulled.rows.len(), 1);
        assert_eq!(pulled.standing.head, 1);
        assert_eq!(pulled.standing.roster.head().0, space.0);
        stage.is_sound(space).await;
    }

    // Where registration is open nobody asks for a token.
    let eva = Person::named("Eva");
    assert_eq!(store.found(founding_of(&eva, None)).await, Ok(1));
}

pub(super) async fn a_space_is_set_up_again_whole_or_not_at_all(stage: &Stage) {
    let (ada, ben, door) = (Person::named("Ada"), Person::named("Ben"), Person::named("door"));
    let store = &stage.store;
    let (_, mut roster) = ada.founds();
    let mut records = Vec::new();
    let long_ago = 1;
    records.push(ada.invites(&roster, &door, Role::Editor, long_ago));
    roster.apply(&records[0]).expect("Ada may invite");
    records.push(ben.joins(&roster, &door));
    roster.apply(&records[1]).expect("Ben may join");
    let again =
        |records: &[Vec<u8>]| Some(Again { records: records.to_vec(), life: LogId([9; 16]) });
    let space = roster.space();

    // Records that make no roster use up no token, and leave nothing.
    store.put_token(token::digest("a"), 0, false).await.expect("a token is taken");
    let reversed = [records[1].clone(), records[0].clone()];
    let refused = store.begin(founding_of(&ada, Some("a")), again(&reversed)).await;
    assert!(
        matches!(refused, Err(AppendError::Refused(Refusal::RosterHead { .. }))),
        "{refused:?}"
    );
    assert_eq!(store.spaces().await, Ok(vec![]));

    // The invite has long expired; that was judged when Ben came in.
    assert_eq!(store.begin(founding_of(&ada, Some("a")), again(&records)).await, Ok(1));
    let pulled = stage.pull(space, 0, u32::MAX).await;
    let kinds: Vec<_> = pulled.rows.iter().map(|row| row.kind).collect();
    assert_eq!(kinds, [RowKind::Roster, RowKind::Life, RowKind::Roster, RowKind::Roster]);
    assert_eq!((pulled.standing.log, pulled.standing.head), (LogId([9; 16]), 4));
    assert_eq!(*pulled.standing.roster, roster);
    stage.is_sound(space).await;
    assert_eq!(store.begin(founding_of(&ada, Some("a")), again(&records)).await, Ok(1));
    let now = stage.standing(space).await;
    assert_eq!(now.head, 4, "asked again");
    assert_eq!(stage.append(space, ben.writes(&now, session(1), 1)).await, Ok(5));
}

pub(super) async fn new_tokens_replace_old_ones(stage: &Stage) {
    let store = &stage.store;
    let refused = |refusal| Err(AppendError::Refused(refusal));
    for (text, replace) in [("first", false), ("second", true), ("third", false)] {
        store.put_token(token::digest(text), 0, replace).await.expect("a token is taken");
    }
    let (ada, ben) = (Person::named("Ada"), Person::named("Ben"));
    assert_eq!(store.found(founding_of(&ada, Some("first"))).await, refused(Refusal::TokenWrong));
    assert_eq!(store.found(founding_of(&ada, Some("second"))).await, Ok(1));
    // What is used is remembered, so that a second person is told what happened.
    store.put_token(token::digest("fourth"), 0, true).await.expect("a token is taken");
    assert_eq!(store.found(founding_of(&ben, Some("second"))).await, refused(Refusal::TokenUsed));
    assert_eq!(store.found(founding_of(&ben, Some("third"))).await, refused(Refusal::TokenWrong));
    assert_eq!(store.found(founding_of(&ben, Some("fourth"))).await, Ok(1));
}

pub(super) async fn a_log_begins_another_life(stage: &Stage) {
    let ada = Person::named("Ada");
    let space = stage.found(&ada).await;
    let before = stage.standing(space).await;
    let (old, new) = (before.log, LogId([8; 16]));
    assert_eq!(stage.append(space, ada.writes(&before, session(1), 1)).await, Ok(2));

    assert_eq!(stage.store.new_life(SpaceId([0; 32]), new).await, Ok(None));
    assert_eq!(stage.store.new_life(space, new).await, Ok(Some(3)));

    let after = stage.standing(space).await;
    assert_eq!((after.log, after.head), (new, 3));
    let last = stage.pull(space, 2, u32::MAX).await.rows.remove(0);
    assert_eq!(last.kind, RowKind::Life);

    let late = stage.append(space, ada.writes(&before, session(1), 2)).await;
    assert_eq!(late, Err(AppendError::Refused(Refusal::WrongLog { current: new })));
    assert_eq!(stage.append(space, ada.writes(&after, session(1), 2)).await, Ok(4));
    // What lies in the log is found again, whichever life it came in.
    assert_eq!(stage.append(space, ada.writes(&before, session(1), 1)).await, Ok(2));

    let arrival = stage.store.arrive(space, ada.key(), 0).await.expect("it works");
    assert_eq!(arrival.expect("it exists").chain_at_cursor, Some(chain_start(&space)));
    assert_ne!(old, new);
    stage.is_sound(space).await;
}
