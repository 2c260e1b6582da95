import { createHash } from 'node:crypto';
import type { Act, SystemActs } from '../../audit/act.ts';
import type { SigningState, TokenSigningKey } from '../../contract/signing.ts';
import { AppError } from '../../errors.ts';
import type { LogStorage } from '../../audit/log-keys.ts';
import { signingKeys } from '../../vault/factors/token/signing-key.ts';
import type { Tokens } from '../../vault/factors/token/tokens.ts';
import { readVerifier, verifierName } from '../verifier-page.ts';
import { own } from '../verify/bytes.ts';
import { readCertificate, validAt } from '../verify/certificates.ts';
import { writeRequest } from './certificate-request.ts';
import { describe, describeAll, derChain } from './certificate-view.ts';
import { readIssuedChain } from './issued-chain.ts';
import { toPem } from './pem.ts';
import { certifyKey, makeKey, makeRoot } from './report-identity.ts';
import { vaultSign, type KeyAlgorithm, type ReportSigner, type ReportSigning } from './report-signer.ts';
import { SigningRepository, type NewKey, type SigningSettings, type StoredKey } from './signing.repository.ts';
import { makeSm2Key, signSm2 } from './sm2.ts';
import { writeTimeStamp } from './time-stamp.ts';
import { TokenPins } from './token-pins.ts';
import { tokenSign, tryTokenKey } from './token-signer.ts';
import type { SubjectName } from './names.ts';

export type SigningDeps = {
  readonly storage: LogStorage;
  readonly systemAct: SystemActs;
  readonly tokens: Tokens;
  /** The folder `resources` of the application. */
  readonly resources: string;
};

/** Who signs the vault's reports: a key here or in a token, certified by the vault's own root or by an organisation. */
export class SigningService {
  readonly #deps: SigningDeps;
  readonly #stored: SigningRepository;
  readonly #pins = new TokenPins();

  constructor(deps: SigningDeps) {
    this.#deps = deps;
    this.#stored = new SigningRepository(deps.storage);
  }

  /** @throws AppError `reports/no-verifier` */
  verifier(): { name: string; base64: string; sha256: string } {
    const page = readVerifier(this.#deps.resources);
    return { name: verifierName, base64: page.toString('base64'), sha256: sha256(page) };
  }

  /** As the person sees it: the PIN somebody else gave is not theirs. */
  async state(personId: string | null): Promise<SigningState> {
    const { signer, timeStamp, sm2 } = this.#stored.settings();
    const key = this.#stored.key(signer);
    const token = this.#stored.key('token')?.token ?? null;
    const root = this.#stored.root();
    return {
      signer,
      algorithm: key ? algorithmOf(key) : 'ecdsa-p256',
      issuedBy: key?.chain ? 'organisation' : 'vault',
      chain: key && root ? await describeAll(derChain(key, root)) : [],
      token: signer === 'token' && token ? { ...token, unlockedUntil: this.#pins.until(personId) } : null,
      timeStamp,
      timeStampAuthority: await describe(this.#stored.key('time-stamp')?.certificate),
      sm2,
      sm2Certificate: await describe(this.#stored.key('sm2')?.certificate),
    };
  }

  /**
   * What signs a report of now. Keys and certificates are made when they are first needed.
   * @throws AppError `signing/pin-needed` for a token that the person has not unlocked, `signing/not-valid-now`
   */
  open(act: Act): ReportSigning {
    const { signer: which, timeStamp, sm2 } = this.#stored.settings();
    const key = this.#key(which);
    const root = this.#root();
    const signer = this.#signer(act, key, root);
    refuseOutOfTime(signer);
    return {
      signer,
      suite: [
        signer.algorithm === 'rsa' ? 'rsa-sha256' : 'ecdsa-p256-sha256',
        ...(sm2 ? ['sm2-sm3'] : []),
        ...(timeStamp ? ['rfc3161'] : []),
      ].join(' '),
      organisation: key.chain !== null,
      timeStamp: timeStamp ? this.#timeStamps(root) : null,
      sm2: sm2 ? this.#sm2() : null,
    };
  }

  /** Is it (PEM) a root that this vault's signers lead to, or led to? */
  isOwnRoot(pem: string): boolean {
    const root = this.#stored.root();
    return [...(root ? [root] : []), ...this.#stored.organisationRoots()].some((der) => toPem('CERTIFICATE', der) === pem);
  }

  /** Tries the PIN, and holds it for the person. */
  async unlockToken(act: Act, pin: string): Promise<SigningState> {
    const { personId } = act.actor;
    const key = this.#stored.key('token');
    if (personId === null || this.#stored.settings().signer !== 'token' || !key?.token) throw noToken();
    await tryTokenKey(this.#deps.tokens, key.token, key, pin);
    const { serial } = key.token;
    act.commit({ subject: serial }, () => this.#pins.hold(personId, pin));
    return this.state(personId);
  }

  async tokenKeys(act: Act, serial: string, pin: string): Promise<TokenSigningKey[]> {
    const keys = await this.#deps.tokens.use({ serial, label: '' }, pin, ({ api, library, session }) =>
      Promise.resolve(signingKeys(api, library, session)),
    );
    act.commit({ subject: serial, details: { keys: keys.length } }, () => undefined);
    return keys.map(({ id, label, algorithm, bits }) => ({ keyId: id.toString('hex'), label, algorithm, bits }));
  }

  /** The vault's root certifies the token's key until the organisation does. */
  async useToken(act: Act, { serial, pin, keyId }: { serial: string; pin: string; keyId: string }): Promise<SigningState> {
    const found = await this.#deps.tokens.use({ serial, label: '' }, pin, ({ api, library, session, token }) => {
      const [key] = signingKeys(api, library, session, Buffer.from(keyId, 'hex'));
      return Promise.resolve(key ? { key, token } : null);
    });
    if (!found)
      throw new AppError('signing/no-such-key', 'The token holds no such key that signs. Nothing was changed. Choose one of its keys.', {
        keyId,
      });
    const { key, token } = found;
    const place = { serial: token.serial, label: token.label, keyId };
    const former = this.#stored.key('token');
    const same = former !== null && Buffer.compare(former.publicKey, key.publicKey) === 0;
    const now = Date.now();
    const stored: StoredKey = {
      algorithm: key.algorithm,
      publicKey: key.publicKey,
      certificate: same
        ? former.certificate
        : certifyKey(this.#issuer(), key.publicKey, `Redoubt report signer ${this.#deps.storage.vaultId}`, now),
      chain: same ? former.chain : null,
      token: place,
    };
    await tryTokenKey(this.#deps.tokens, place, stored, pin);
    const { personId } = act.actor;
    act.commit({ subject: serial, details: { keyId, algorithm: key.algorithm } }, () => {
      this.#stored.setTokenKey(stored, now);
      this.#stored.setSettings({ ...this.#stored.settings(), signer: 'token' });
      this.#pins.forgetAll();
      if (personId !== null) this.#pins.hold(personId, pin);
    });
    return this.state(personId);
  }

  useVaultKey(act: Act): Promise<SigningState> {
    return this.#set(act, { signer: 'vault' });
  }

  setTimeStamp(act: Act, on: boolean): Promise<SigningState> {
    if (on) this.#key('time-stamp');
    return this.#set(act, { timeStamp: on });
  }

  setSm2(act: Act, on: boolean): Promise<SigningState> {
    if (on) this.#key('sm2');
    return this.#set(act, { sm2: on });
  }

  /** @returns PEM */
  async createRequest(act: Act, subject: SubjectName): Promise<{ pem: string }> {
    const key = this.#key(this.#stored.settings().signer);
    const signer = this.#signer(act, key, this.#root());
    const pem = await writeRequest(subject, key.publicKey, signer.algorithm, signer.sign);
    act.commit({ subject: this.#deps.storage.vaultId, details: { commonName: subject.commonName } }, () => undefined);
    return { pem };
  }

  /** @throws AppError as `readIssuedChain` */
  async importChain(act: Act, pem: string): Promise<SigningState> {
    const { signer } = this.#stored.settings();
    const path = await readIssuedChain(pem, this.#key(signer).publicKey, Date.now());
    const chain = path.map(({ der }) => toPem('CERTIFICATE', der)).join('');
    const views = await describeAll(path.map(({ der }) => der));
    const details = { rootCertificateSha256: views.at(-1)?.sha256 ?? '', certificateSha256: views[0]?.sha256 ?? '' };
    act.commit({ subject: this.#deps.storage.vaultId, details }, () => {
      this.#stored.setChain(signer, chain);
      this.#stored.addOrganisationRoot(path.at(-1)?.der ?? new Uint8Array(), Date.now());
    });
    return this.state(act.actor.personId);
  }

  removeChain(act: Act): Promise<SigningState> {
    const { signer } = this.#stored.settings();
    act.commit({ subject: this.#deps.storage.vaultId }, () => this.#stored.setChain(signer, null));
    return this.state(act.actor.personId);
  }

  /** Somebody signed out. */
  forgetPin(personId: string): void {
    this.#pins.forget(personId);
  }

  /** Forgets the PINs. */
  close(): void {
    this.#pins.forgetAll();
  }

  #set(act: Act, change: Partial<SigningSettings>): Promise<SigningState> {
    act.commit({ subject: this.#deps.storage.vaultId, details: { ...change } }, () =>
      this.#stored.setSettings({ ...this.#stored.settings(), ...change }),
    );
    return this.state(act.actor.personId);
  }

  #signer(act: Act, key: StoredKey, vaultRoot: Uint8Array): ReportSigner {
    const [certificate = own(key.certificate), ...above] = derChain(key, vaultRoot);
    const root = above.pop() ?? own(vaultRoot);
    return { algorithm: algorithmOf(key), certificate, intermediates: above, root, sign: this.#sign(act, key) };
  }

  #sign(act: Act, key: StoredKey): ReportSigner['sign'] {
    if (!key.token) return vaultSign(this.#stored.privateKey('vault'));
    const pin = this.#pins.of(act.actor.personId);
    if (pin === null)
      throw new AppError(
        'signing/pin-needed',
        `Reports are signed by the token “${key.token.label}”. Nothing was made. Give its PIN first.`,
        { serial: key.token.serial, label: key.token.label },
      );
    return tokenSign(this.#deps.tokens, key.token, key, pin);
  }

  #timeStamps(root: Uint8Array): NonNullable<ReportSigning['timeStamp']> {
    const { certificate } = this.#key('time-stamp');
    const authority = { certificate, root, privateKey: this.#stored.privateKey('time-stamp') };
    return { root, stamp: (data, at) => writeTimeStamp(data, at, authority) };
  }

  #sm2(): NonNullable<ReportSigning['sm2']> {
    const { certificate } = this.#key('sm2');
    const privateKey = this.#stored.privateKey('sm2');
    return { certificate, sign: (data) => signSm2(data, privateKey) };
  }

  #issuer(): { certificate: Uint8Array; privateKey: Uint8Array } {
    return { certificate: this.#root(), privateKey: this.#stored.privateKey('root') };
  }

  /** The root of the vault, made when it is first needed. */
  #root(): Uint8Array {
    const stored = this.#stored.root();
    if (stored) return stored;
    const now = Date.now();
    const made = makeRoot(this.#deps.storage.vaultId, now);
    this.#issued('root', made.certificate, () => this.#stored.addRoot(made, now));
    return made.certificate;
  }

  #key(purpose: 'vault' | 'token' | 'time-stamp' | 'sm2'): StoredKey {
    const stored = this.#stored.key(purpose);
    if (stored) return stored;
    if (purpose === 'token') throw noToken();
    const now = Date.now();
    const made = this.#make(purpose, now);
    this.#issued(purpose, made.certificate, () => this.#stored.addKey(purpose, made, now));
    return made;
  }

  #make(purpose: 'vault' | 'time-stamp' | 'sm2', now: number): NewKey {
    const { vaultId } = this.#deps.storage;
    if (purpose === 'sm2') return makeSm2Key(`Redoubt SM2 report signer ${vaultId}`, new Date(now - 24 * 60 * 60 * 1000));
    if (purpose === 'time-stamp') return makeKey(this.#issuer(), `Redoubt time-stamps ${vaultId}`, now, true);
    return makeKey(this.#issuer(), `Redoubt report signer ${vaultId}`, now);
  }

  #issued(purpose: string, certificate: Uint8Array, change: () => void): void {
    const details = { purpose, certificateSha256: sha256(certificate) };
    this.#deps.systemAct('reports.issue-certificate').commit({ subject: this.#deps.storage.vaultId, details }, change);
  }
}

function algorithmOf({ algorithm }: StoredKey): KeyAlgorithm {
  return algorithm === 'rsa' ? 'rsa' : 'ecdsa-p256';
}

/** A report of now would never verify. @throws AppError `signing/not-valid-now` */
function refuseOutOfTime({ certificate, intermediates, root }: ReportSigner): void {
  if (
    validAt(
      [certificate, ...intermediates, root].map((der) => readCertificate(own(der))),
      Date.now(),
    )
  )
    return;
  throw new AppError(
    'signing/not-valid-now',
    'A certificate that signs reports is not valid today, so no report was made. Check the clock of this machine, import a new certificate of the authority, or go back to the vault’s own.',
  );
}

function noToken(): AppError {
  return new AppError('signing/no-token', 'No token is set up to sign reports. Nothing was changed.');
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
