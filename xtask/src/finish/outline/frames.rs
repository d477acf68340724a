//! What the validator knows of a function at each of its operators.

use super::{FunctionType, Made};
use crate::finish::flow::{Flow, Stretch};
use wasmparser::{
    FuncToValidate, FuncValidatorAllocations, FunctionBody, Operator, ValidatorResources,
};

/// What the validator knows at each operator of a function.
pub struct Frames {
    /// Whether nothing of the level is on the operand stack.
    clean: Vec<bool>,
    /// Whether one can come here at all.
    pub reachable: Vec<bool>,
    /// How many of the locals are parameters.
    pub parameters: usize,
    pub locals: Vec<wasmparser::ValType>,
    pub results: Vec<wasmparser::ValType>,
}

impl Frames {
    /// Asks it, operator by operator.
    pub fn read(
        flow: &Flow,
        (parameters, results): FunctionType,
        validated: FuncToValidate<ValidatorResources>,
        allocations: FuncValidatorAllocations,
        body: &FunctionBody,
    ) -> Made<(Self, FuncValidatorAllocations)> {
        let mut validator = validated.into_validator(allocations);
        validator.read_locals(&mut body.get_binary_reader())?;
        let mut frames = Self {
            clean: Vec::new(),
            reachable: Vec::new(),
            locals: (0..validator.len_locals())
                .filter_map(|local| validator.get_local_type(local))
                .collect(),
            parameters: parameters.len(),
            results,
        };
        for (operator, place) in &flow.operators {
            let frame = validator.get_control_frame(0);
            frames.clean.push(frame.is_some_and(|frame| {
                !frame.unreachable && validator.operand_stack_height() as usize == frame.height
            }));
            frames
                .reachable
                .push(frame.is_some_and(|frame| !frame.unreachable));
            validator.op(*place, operator)?;
        }
        Ok((frames, validator.into_allocations()))
    }

    /// Where a stretch can be taken out: nothing that stands before it waits on the stack.
    pub fn start_of(&self, flow: &Flow, stretch: &Stretch) -> Option<usize> {
        let mut depth = 0;
        for index in stretch.from..stretch.to {
            if depth == 0 && self.clean.get(index) == Some(&true) {
                return Some(index);
            }
            match flow.operators.get(index).map(|(operator, _)| operator) {
                Some(Operator::Block { .. } | Operator::Loop { .. } | Operator::If { .. }) => {
                    depth += 1
                }
                Some(Operator::End) => depth -= 1,
                _ => {}
            }
        }
        None
    }
}
