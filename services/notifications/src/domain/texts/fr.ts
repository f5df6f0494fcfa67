import type { Texts } from './texts.js';

export const fr: Texts = {
  patient: {
    'appointment-requested': {
      title: 'Demande envoyée',
      body: 'Votre demande de rendez-vous avec {name}, le {when}, a été envoyée. Vous serez prévenu dès sa réponse.',
    },
    'appointment-accepted': { title: 'Rendez-vous confirmé', body: '{name} a accepté votre rendez-vous du {when}.' },
    'appointment-rejected': {
      title: 'Rendez-vous refusé',
      body: '{name} n’a pas pu accepter votre rendez-vous du {when}. Choisissez un autre créneau.',
    },
    'appointment-cancelled': { title: 'Rendez-vous annulé', body: '{name} a annulé votre rendez-vous du {when}.' },
    'appointment-cancelled-by-reader': {
      title: 'Rendez-vous annulé',
      body: 'Vous avez annulé votre rendez-vous avec {name} du {when}.',
    },
    'appointment-completed': {
      title: 'Consultation terminée',
      body: 'Votre consultation avec {name} du {when} est terminée.',
    },
    'appointment-missed': { title: 'Rendez-vous manqué', body: 'Vous étiez attendu par {name} le {when}.' },
    'appointment-expired': {
      title: 'Demande expirée',
      body: '{name} n’a pas répondu à temps à votre demande du {when}.',
    },
    'appointment-rescheduled': {
      title: 'Rendez-vous déplacé',
      body: 'Votre rendez-vous avec {name} est déplacé au {when}.',
    },
    'appointment-rescheduled-unanswered': {
      title: 'Rendez-vous déplacé, en attente de réponse',
      body: 'Vous avez demandé à déplacer votre rendez-vous avec {name} au {when}. Vous serez prévenu dès sa réponse.',
    },
    'appointment-reschedule-proposed': {
      title: 'Un autre horaire vous est proposé',
      body: '{name} vous propose de déplacer votre rendez-vous au {when}. Acceptez, ou gardez votre horaire.',
    },
    'appointment-reschedule-lapsed': {
      title: 'Proposition expirée',
      body: 'Vous n’avez pas répondu à temps à l’horaire que {name} vous proposait : votre rendez-vous reste fixé au {when}.',
    },
    'appointment-accepted-due': {
      title: 'Rendez-vous confirmé',
      body: '{name} a accepté votre rendez-vous du {when}. Vous pouvez maintenant payer {amount}.',
    },
    'appointment-expired-unpaid': {
      title: 'Créneau non payé',
      body: 'Le créneau du {when} avec {name} n’a pas été payé à temps : il est de nouveau libre et rien n’a été débité.',
    },
    'appointment-hold-lost': {
      title: 'Créneau perdu, paiement rendu',
      body: 'Votre paiement est arrivé après l’expiration du créneau du {when} avec {name}, pris entre-temps. Tout vous est rendu.',
    },
    'appointment-cancelled-unavailable': {
      title: 'Rendez-vous annulé',
      body: '{name} ne peut plus vous recevoir : votre rendez-vous du {when} est annulé. Ce que vous avez payé vous est entièrement rendu. Choisissez un autre médecin.',
    },
    'appointment-cancelled-unsuitable': {
      title: 'La vidéo ne convient pas à votre situation',
      body: '{name} a jugé que la vidéo ne convient pas à votre situation : rien ne vous est facturé pour le {when}. Vous pouvez prendre rendez-vous au cabinet.',
    },
    'appointment-doctor-unavailable': {
      title: 'Votre médecin ne peut plus vous recevoir',
      body: '{name} ne peut plus vous recevoir le {when} : choisissez un autre créneau chez un autre médecin, ou annulez. Tout vous est remboursé.',
    },
    'appointment-doctor-available': {
      title: 'Votre rendez-vous est maintenu',
      body: '{name} peut de nouveau vous recevoir : votre rendez-vous du {when} est maintenu.',
    },
    'payment-authorised': {
      title: 'Paiement autorisé',
      body: 'Votre paiement de {amount} pour votre rendez-vous avec {name} est autorisé ; il n’est débité que si le rendez-vous est accepté.',
    },
    'payment-captured': {
      title: 'Paiement confirmé',
      body: 'Votre paiement de {amount} pour votre rendez-vous avec {name} est confirmé. Le reçu est joint à l’e-mail.',
    },
    'payment-failed': {
      title: 'Paiement refusé',
      body: 'Le paiement de {amount} pour votre rendez-vous avec {name} a été refusé. Payez avec une autre carte.',
    },
    'payment-pending': {
      title: 'Paiement à confirmer',
      body: 'Votre banque vous demande de confirmer le paiement de {amount} pour votre rendez-vous avec {name}.',
    },
    'payment-refunded': {
      title: 'Remboursement',
      body: '{amount} vous sont remboursés pour votre rendez-vous avec {name}.',
    },
    'payment-voided': {
      title: 'Rien n’a été débité',
      body: 'Le paiement de {amount} autorisé pour votre rendez-vous avec {name} est annulé : il ne sera pas débité.',
    },
    'review-invited': {
      title: 'Votre avis',
      body: 'Comment s’est passée votre consultation avec {name} ? Donnez votre avis en une minute.',
    },
    'review-answered': { title: 'Réponse à votre avis', body: '{name} a répondu à votre avis.' },
    'record-entry-added': {
      title: 'Votre dossier a été complété',
      body: '{name} a ajouté des éléments à votre dossier médical.',
    },
    'emergency-access-opened': {
      title: 'Accès d’urgence à votre dossier',
      body: '{name} a ouvert votre dossier en urgence, pour quatre heures, en lecture seule. Un administrateur examinera cet accès.',
    },
    'message-received': {
      title: 'Un message vous attend',
      body: '{name} vous a écrit. Lisez son message dans MedFlow.',
    },
    'review-hidden': {
      title: 'Commentaire masqué',
      body: 'Un administrateur a masqué votre commentaire sur {name} ; vos étoiles restent comptées.',
    },
  },
  doctor: {
    'appointment-requested': {
      title: 'Nouvelle demande de rendez-vous',
      body: '{name} demande un rendez-vous le {when}.',
    },
    'appointment-accepted': {
      title: 'Rendez-vous confirmé',
      body: 'Le rendez-vous avec {name}, le {when}, est confirmé.',
    },
    'appointment-cancelled': { title: 'Rendez-vous annulé', body: '{name} a annulé le rendez-vous du {when}.' },
    'appointment-cancelled-by-reader': {
      title: 'Rendez-vous annulé',
      body: 'Vous avez annulé le rendez-vous avec {name} du {when}.',
    },
    'appointment-expired': {
      title: 'Demande expirée',
      body: 'La demande de {name} pour le {when} a expiré sans réponse.',
    },
    'appointment-rescheduled': {
      title: 'Rendez-vous déplacé',
      body: 'Le rendez-vous avec {name} est déplacé au {when}.',
    },
    'appointment-rescheduled-unanswered': {
      title: 'Rendez-vous déplacé, à confirmer',
      body: '{name} demande à déplacer son rendez-vous au {when}. Acceptez ou refusez sa demande.',
    },
    'appointment-reschedule-declined': {
      title: 'Horaire inchangé',
      body: '{name} préfère garder son rendez-vous du {when}.',
    },
    'appointment-reschedule-lapsed': {
      title: 'Proposition expirée',
      body: '{name} n’a pas répondu à temps à l’horaire que vous proposiez : le rendez-vous reste fixé au {when}.',
    },
    'payment-captured': { title: 'Paiement reçu', body: '{name} a payé {amount}.' },
    'payment-refunded': { title: 'Remboursement', body: '{amount} sont remboursés à {name}.' },
    'message-received': {
      title: 'Un message vous attend',
      body: '{name} vous a écrit. Lisez son message dans MedFlow.',
    },
    'review-submitted': { title: 'Nouvel avis', body: '{name} a donné son avis sur une consultation.' },
  },
  account: {
    verification: {
      title: 'Confirmez votre adresse',
      body: 'Cette adresse a servi à créer un compte MedFlow. Confirmez qu’elle est à vous ; le lien est valable 24 heures. Si vous n’avez pas créé de compte, ignorez ce message : rien d’autre ne vous sera envoyé.',
    },
    recovery: {
      title: 'Choisissez un nouveau mot de passe',
      body: 'Quelqu’un a demandé à changer le mot de passe de votre compte MedFlow. Si c’est vous, le lien est valable une heure et ne sert qu’une fois. Sinon, ignorez ce message : votre mot de passe ne change pas.',
    },
    'credentials-changed': {
      title: 'Votre mot de passe a changé',
      body: 'Le mot de passe de votre compte MedFlow vient d’être changé et vos autres appareils ont été déconnectés. Si ce n’était pas vous, reprenez votre compte tout de suite.',
    },
    suspended: {
      title: 'Votre compte est suspendu',
      body: 'Un administrateur a suspendu votre compte MedFlow : vous ne pouvez plus l’utiliser. Le motif s’affiche quand vous essayez de vous connecter.',
    },
    reinstated: {
      title: 'Votre compte est rétabli',
      body: 'Votre compte MedFlow n’est plus suspendu : vous pouvez de nouveau vous connecter.',
    },
  },
  stranger: { patient: 'votre médecin', doctor: 'un patient' },
  doctorTitle: 'Dr',
  letter: {
    greeting: 'Bonjour {name},',
    unnamedGreeting: 'Bonjour,',
    bundle: {
      title: '{count, plural, one {# nouvelle} other {# nouvelles}} de MedFlow',
      body: 'Voici ce qui s’est passé, dans l’ordre :',
    },
    ways: {
      notifications: { button: 'Voir mes notifications', link: 'Voir mes notifications : {url}' },
      answer: { button: 'Répondre à la demande', link: 'Répondre à la demande : {url}' },
      appointment: { button: 'Voir le rendez-vous', link: 'Voir le rendez-vous : {url}' },
      message: { button: 'Lire le message', link: 'Lire le message : {url}' },
      pay: { button: 'Payer', link: 'Payer : {url}' },
      payments: { button: 'Voir mes paiements', link: 'Voir mes paiements : {url}' },
      record: { button: 'Voir mon dossier', link: 'Votre dossier : {url}' },
      rate: { button: 'Donner mon avis', link: 'Donner mon avis : {url}' },
      verify: { button: 'Confirmer mon adresse', link: 'Confirmer mon adresse : {url}' },
      recover: { button: 'Choisir un mot de passe', link: 'Choisir un mot de passe : {url}' },
      secure: { button: 'Ce n’était pas moi', link: 'Ce n’était pas moi : {url}' },
      signIn: { button: 'Se connecter', link: 'Se connecter : {url}' },
      reviews: { button: 'Lire l’avis', link: 'Lire l’avis : {url}' },
    },
    footer: 'MedFlow vous écrit parce que vous avez un compte. Aucune information médicale n’est envoyée par e-mail.',
  },
};
