import type { Language } from '../../shared/i18n/languages'

/** The authority that supervises web accessibility in Finland. It has changed before: change it here. */
export const supervisor: { name: Record<Language, string>; address: string } = {
  name: {
    fi: 'Liikenne- ja viestintävirasto Traficom, digitaalisen saavutettavuuden valvonta',
    sv: 'Transport- och kommunikationsverket Traficom, tillsynen över digital tillgänglighet',
    en: 'Finnish Transport and Communications Agency Traficom, supervision of digital accessibility',
  },
  address: 'https://www.saavutettavuusvaatimukset.fi',
}
