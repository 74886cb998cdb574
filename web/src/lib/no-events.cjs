/**
 * Stands in for Node's "events" under the template parser: its classes extend the emitter and never emit.
 */
module.exports = class EventEmitter {};
