// Stands in for argon2: code-server only hashes passwords, and the tests start it with `--auth none`.
const refuse = async () => {
  throw new Error("argon2 is a stand-in: start with --auth none");
};
exports.hash = refuse;
exports.verify = refuse;
exports.argon2id = 2;
