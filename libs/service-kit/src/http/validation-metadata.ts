import { getMetadataStorage } from 'class-validator';

type Storage = ReturnType<typeof getMetadataStorage>;
type Found = ReturnType<Storage['getTargetValidationMetadatas']>;

/**
 * Has class-validator remember the rules of a class. It goes through the classes of the whole process for each object
 * that it judges, to find those that the object's class extends: the more contracts and bodies there are, the longer each takes.
 * Rules that are added later are found all the same.
 */
export function rememberRules(storage = getMetadataStorage()): void {
  const find = storage.getTargetValidationMetadatas.bind(storage);
  const add = storage.addValidationMetadata.bind(storage);
  let known = new WeakMap<object, Map<string, Found>>();
  storage.addValidationMetadata = (rule) => {
    known = new WeakMap();
    add(rule);
  };
  storage.getTargetValidationMetadatas = (target, schema, always, strictGroups, groups) => {
    const options = JSON.stringify([schema, always, strictGroups, groups]);
    let ofTarget = known.get(target);
    if (!ofTarget) known.set(target, (ofTarget = new Map()));
    let found = ofTarget.get(options);
    if (!found) ofTarget.set(options, (found = find(target, schema, always, strictGroups, groups)));
    // Whoever asks may change the list.
    return [...found];
  };
}
