//! Amounts of money among the fields of an object or a body.

use serde_json::{Map, Value, json};

use super::dice::Dice;
use super::fields::text;

/// Adds a currency and some amounts.
pub(super) fn add(dice: &Dice, fields: &mut Map<String, Value>) {
    let currency = json!({
        "type": "currency",
        "case": dice.pick(&["upper", "lower"]),
        "description": text(dice),
        "required": dice.once_in(2),
    });
    fields.insert("theCurrency".into(), currency);
    let steps = json!({
        "currency": "/theCurrency",
        "multiple_of": { "IDR": { "step": 100 }, "JPY": { "step": 5 } },
    });
    let amounts = [
        ("theValue", "integer", steps),
        ("theFee", "integer", json!("/theCurrency")),
        ("thePrice", "decimal", json!("/theCurrency")),
        ("theTotal", "integer", json!("CNY")),
        ("theTip", "decimal", json!({ "currency": "JPY" })),
    ];
    for (name, ty, money) in dice.some(&amounts, 3) {
        let amount = json!({
            "type": ty,
            "money": money,
            "description": text(dice),
            "required": dice.once_in(2),
        });
        fields.insert((*name).into(), amount);
    }
}
