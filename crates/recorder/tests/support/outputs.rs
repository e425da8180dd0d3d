//! What is printed in the orders of a program.

use recorder::search::Orders;

/// Its outputs, each as one line, in alphabetical order.
pub fn outputs(orders: &Orders) -> Vec<String> {
    let mut outputs: Vec<String> =
        orders.outputs.iter().map(|output| output.lines.join(" ")).collect();
    outputs.sort();
    outputs
}
