//! An amount and its currency.

use handbook::{FieldType, Language, Value, text};
use leptos::prelude::*;

use super::{Bound, Edit};
use crate::texts::{self, record as t};

/// Shown where nothing says otherwise.
const USUAL: &str = "EUR";

#[component]
pub fn MoneyInput(bound: Bound) -> impl IntoView {
    let amount = RwSignal::new(String::new());
    let currency = RwSignal::new(USUAL.to_owned());
    Effect::new(move |_| {
        if let Value::Money(money) = bound.value.get() {
            let decimals = u32::try_from(money.decimals()).unwrap_or(2);
            let unit = 10_i64.pow(decimals);
            let (whole, rest) = (money.minor / unit, (money.minor % unit).abs());
            let point = match texts::language() {
                Language::En => '.',
                Language::De => ',',
            };
            let sign = if money.minor < 0 && whole == 0 { "-" } else { "" };
            amount.set(match decimals {
                0 => format!("{sign}{whole}"),
                _ => format!("{sign}{whole}{point}{rest:0width$}", width = money.decimals()),
            });
            currency.set(money.code().to_owned());
        }
    });
    let commit = move || {
        let (amount, currency) = (amount.get_untracked(), currency.get_untracked());
        if amount.trim().is_empty() {
            return bound.done(Value::Empty);
        }
        let text = format!("{} {}", amount.trim(), currency.trim().to_uppercase());
        match text::parse(&FieldType::Money, &text) {
            Ok(value) => bound.done(value),
            Err(why) => bound.on_edit.run(Edit::Unreadable(why.get(texts::language()).to_owned())),
        }
    };
    view! {
        <div class="inline-pair" id=bound.id()>
            <input
                class="input"
                inputmode="decimal"
                autocomplete="off"
                aria-label=t::amount()
                prop:value=amount
                on:input=move |event| amount.set(event_target_value(&event))
                on:change=move |_| commit()
            />
            <input
                class="input"
                autocomplete="off"
                maxlength="3"
                aria-label=t::currency()
                prop:value=currency
                on:input=move |event| currency.set(event_target_value(&event))
                on:change=move |_| commit()
            />
        </div>
    }
}
