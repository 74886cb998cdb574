// Loaded before a peer that would listen on every address of the machine: here it listens on loopback only.
import { Server } from "node:net";

const listen = Server.prototype.listen;
Server.prototype.listen = function (options, ...rest) {
  const port = typeof options === "object" ? options.port : options;
  const ready = rest.find((argument) => typeof argument === "function");
  return listen.call(this, { port, host: "127.0.0.1" }, ready);
};
