import type { KeptStore } from '../core/kept.ts';
import { auditHead, auditTrail } from './audit.ts';
import { expire } from './expire.ts';
import { forget } from './forget.ts';
import { heldAbout } from './held.ts';
import { findPerson } from './person.ts';
import type { Database } from './schema.ts';
import { scrubFile } from './scrub.ts';

/** Looking after what is kept about people. */
export function keptStore(db: Database, path: string): KeptStore {
  return {
    expire: (kind, before, from, limit) => expire(db, kind, before, from, limit),
    scrub: () => scrubFile(path),
    findPerson: (query) => findPerson(db, query),
    heldAbout: (person) => heldAbout(db, person),
    forget: (person, by, at) => forget(db, person, by, at),
    auditHead: () => auditHead(db),
    auditTrail: (after, limit) => auditTrail(db, after, limit),
  };
}
