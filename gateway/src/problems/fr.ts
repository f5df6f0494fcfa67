import type { PageTexts } from './page-texts.js';

export const fr: PageTexts = {
  language: 'Français',
  means: 'Ce que cela signifie',
  advice: 'Ce que vous pouvez faire',
  code: 'Code :',
  again:
    'Une erreur de notre côté porte un numéro (requestId) : indiquez-le à la personne qui administre cette installation.',
  home: 'Vers MedFlow',
  problems: {
    'malformed-request': [
      'La requête est illisible',
      'Ce qui a été envoyé n’est pas du JSON, est incomplet, ou son adresse contient quelque chose d’impossible.',
      'Rechargez la page et réessayez. Programmes : comparez le corps et l’adresse à la documentation de l’API.',
    ],
    unauthenticated: [
      'Vous n’êtes pas connecté',
      'Ceci demande un compte, et la requête ne portait pas de jeton d’accès valable.',
      'Connectez-vous, puis réessayez.',
    ],
    forbidden: [
      'Votre compte ne permet pas cette action',
      'Vous êtes connecté, mais l’action revient à un autre rôle ou vient d’une page qui n’est pas la nôtre.',
      'Connectez-vous avec le compte auquel elle revient.',
    ],
    'email-not-verified': [
      'Votre adresse n’est pas confirmée',
      'Les rendez-vous payants et les courriers demandent une adresse dont on sait qu’elle est la vôtre.',
      'Ouvrez le lien reçu par e-mail, ou faites-en envoyer un nouveau depuis la page.',
    ],
    'not-found': [
      'Il n’y a rien ici',
      'Cela n’existe pas, n’existe plus, ou appartient à quelqu’un d’autre.',
      'Vérifiez l’adresse ou revenez à la liste d’où vous venez.',
    ],
    'method-not-allowed': [
      'Cette méthode n’existe pas ici',
      'L’adresse existe, mais pas pour cette méthode HTTP.',
      'Utilisez une des méthodes que nomme l’en-tête Allow.',
    ],
    conflict: [
      'L’état a changé entre-temps',
      'Une autre modification du même élément a eu lieu au même instant.',
      'Rechargez pour voir l’état actuel, puis réessayez.',
    ],
    'wrong-passcode': [
      'Ce code n’ouvre pas le lien',
      'Le lien est protégé par un code que son patient a choisi ; au dixième essai faux, il se ferme pour toujours.',
      'Demandez le code à qui vous a donné le lien.',
    ],
    'too-many-links': [
      'Vous avez trop de liens ouverts',
      'Chaque lien ouvre un résumé de votre dossier à qui le possède ; chacun n’en garde ouverts qu’un certain nombre.',
      'Révoquez un lien dont personne n’a plus besoin.',
    ],
    'version-mismatch': [
      'Cet élément a été modifié entre-temps',
      'Vous avez modifié une version antérieure : quelqu’un, ou une autre fenêtre, en a enregistré une plus récente.',
      'Rechargez, regardez ce qui s’y trouve et refaites votre modification.',
    ],
    'body-too-large': [
      'La requête dépasse la taille permise',
      'Il a été envoyé plus que ce qui est accepté ici.',
      'Raccourcissez le texte ou choisissez un fichier plus petit.',
    ],
    'request-timeout': [
      'La requête n’est pas arrivée à temps',
      'Elle a commencé, mais la suite n’est pas venue ; le plus souvent la connexion est lente ou coupée.',
      'Vérifiez votre connexion, puis réessayez.',
    ],
    'headers-too-large': [
      'Les en-têtes dépassent la taille permise',
      'La requête porte plus d’en-têtes ou de cookies que ce qui est accepté ici.',
      'Supprimez les cookies de ce site et réessayez.',
    ],
    'unsupported-media-type': [
      'Ce type de contenu n’est pas accepté',
      'Les corps sont en JSON ; les fichiers sont des types que nomme l’opération.',
      'Envoyez application/json, ou un fichier d’un type accepté.',
    ],
    'validation-failed': [
      'Des champs ne sont pas valables',
      'Un ou plusieurs champs manquent, sont trop longs ou enfreignent une règle ; « errors » les nomme tous.',
      'Corrigez les champs indiqués et renvoyez le formulaire.',
    ],
    'request-in-progress': [
      'La même demande est en cours',
      'La même clé d’idempotence est en cours de traitement.',
      'Patientez quelques secondes et réessayez : rien ne sera fait deux fois.',
    ],
    'idempotency-key-reused': [
      'Cette clé d’idempotence a déjà servi',
      'Une clé appartient à une seule requête, et celle-ci est venue auparavant avec un autre corps.',
      'Prenez une nouvelle clé pour une nouvelle requête.',
    ],
    'too-many-requests': [
      'Trop de tentatives',
      'Il est venu plus de requêtes qu’une personne n’en fait ; la limite protège le compte de chacun.',
      'Patientez le temps indiqué par la réponse (Retry-After), puis réessayez.',
    ],
    'service-unavailable': [
      'Le service est momentanément indisponible',
      'Une partie de MedFlow ne répond pas : elle démarre, ou sa base de données est hors d’atteinte.',
      'Réessayez dans un instant. Ce que vous avez saisi reste tant que la page est ouverte.',
    ],
    'internal-error': [
      'Une erreur est survenue de notre côté',
      'Une erreur que personne n’avait prévue s’est produite ; elle est dans le journal.',
      'Réessayez. Si elle se reproduit, prévenez la personne qui administre cette installation.',
    ],
    'already-paid': [
      'Ce rendez-vous est déjà payé',
      'Un paiement a abouti, peut-être dans une autre fenêtre.',
      'Rien : le reçu est parmi vos paiements.',
    ],
    'not-payable': [
      'Ce rendez-vous ne peut pas être payé maintenant',
      'Il n’est pas encore accepté, il a été annulé, ou le délai de paiement est passé.',
      'Regardez son état parmi vos rendez-vous.',
    ],
    'payment-in-progress': [
      'Un paiement est en cours',
      'Le paiement de ce rendez-vous est en cours de traitement ; son résultat n’est pas encore connu.',
      'Patientez un instant et rechargez : vous ne serez pas débité deux fois.',
    ],
    'payment-declined': [
      'Le paiement a été refusé',
      'La banque qui a émis la carte a refusé le paiement ; rien n’a été débité.',
      'Essayez un autre moyen de paiement, ou demandez à votre banque.',
    ],
    'payment-provider-unavailable': [
      'Le service de paiement ne répond pas',
      'On ne sait pas à cet instant si le paiement a abouti ; cela sera vérifié.',
      'Réessayez dans un instant : vous ne serez pas débité deux fois.',
    ],
    'no-receipt': [
      'Il n’y a pas encore de reçu',
      'Un reçu est établi à l’encaissement, qui a lieu une fois le rendez-vous accepté.',
      'Revenez quand le paiement est indiqué comme encaissé.',
    ],
    'invalid-signature': [
      'La signature est invalide',
      'Un message du prestataire de paiement doit être signé avec le secret que les deux connaissent.',
      'Exploitants : comparez le secret du webhook à celui du prestataire.',
    ],
    'already-reviewed': [
      'Vous avez déjà donné votre avis sur cette consultation',
      'Chaque consultation reçoit un seul avis.',
      'Modifiez l’avis que vous avez écrit, pendant 48 heures.',
    ],
    'not-completed': [
      'Cette consultation n’est pas terminée',
      'Seule une consultation qui a eu lieu peut être évaluée.',
      'Revenez après la consultation.',
    ],
    'too-late': [
      'Il est trop tard pour cela',
      'Le délai est passé : celui de l’annulation d’un rendez-vous, ou les 48 heures pour modifier un avis.',
      'Pour un rendez-vous, parlez au médecin ; un avis reste tel qu’il est.',
    ],
    'already-answered': [
      'Vous avez déjà répondu à cet avis',
      'Chaque avis reçoit une seule réponse.',
      'Rien : votre réponse est affichée sous l’avis.',
    ],
    'already-reported': [
      'Cet avis a déjà été signalé',
      'Un administrateur va l’examiner.',
      'Attendez la décision de l’administrateur.',
    ],
    'certificate-by-video': [
      'Aucun certificat ne suit une consultation vidéo',
      'Votre dernière rencontre avec ce patient était par vidéo, et les règles du pays n’admettent alors aucun certificat.',
      'Recevez le patient au cabinet, ou écrivez une note.',
    ],
    'medicine-by-video': [
      'Ce médicament ne se prescrit pas par vidéo',
      'Votre dernière rencontre avec ce patient était par vidéo ; les règles du pays en excluent le tableau B et les psychotropes.',
      'Choisissez un autre médicament, ou recevez le patient au cabinet.',
    ],
    'examination-required': [
      'Une première consultation se fait au cabinet',
      'Les règles du pays n’admettent la vidéo qu’avec un médecin qui vous a déjà examiné(e) en personne.',
      'Choisissez un créneau au cabinet, ou déclarez que ce médecin vous a déjà examiné(e) : il le confirmera en acceptant.',
    ],
    'examination-unconfirmed': [
      'L’examen en personne n’est pas confirmé',
      'Le patient déclare que vous l’avez déjà examiné ; les règles du pays demandent que vous le confirmiez avant une vidéo.',
      'Confirmez-le, consignez une dérogation motivée, ou proposez un créneau au cabinet.',
    ],
    'entry-withdrawn': [
      'Cet élément a été retiré du dossier',
      'Un médecin l’a retiré, en disant pourquoi.',
      'Ajoutez un nouvel élément ; celui-ci reste lisible.',
    ],
    'already-in-care': [
      'Ce dossier vous est déjà ouvert',
      'Un rendez-vous accepté vous donne déjà accès.',
      'Ouvrez le dossier : l’accès d’urgence n’est pas nécessaire.',
    ],
    'not-a-video-visit': [
      'Ce n’est pas une consultation vidéo',
      'Le rendez-vous est au cabinet, ou il n’est pas confirmé.',
      'Vérifiez le rendez-vous et son mode.',
    ],
    'consent-required': [
      'Votre accord est nécessaire',
      'La téléconsultation demande un accord à son texte actuel.',
      'Lisez le texte et acceptez-le, puis entrez.',
    ],
    'visit-finished': [
      'La consultation est terminée',
      'Le médecin l’a terminée, ou son heure est passée.',
      'Prenez un nouveau rendez-vous si besoin.',
    ],
    elsewhere: [
      'Vous êtes déjà là, ailleurs',
      'Un autre de vos appareils est dans la consultation.',
      'Continuez ici : l’autre appareil laissera la place.',
    ],
    'nobody-waits': [
      'Personne n’attend à cette place',
      'La personne est partie, ou n’est pas encore venue.',
      'Attendez qu’elle se présente, puis faites-la entrer.',
    ],
    'seat-taken': [
      'La troisième place est occupée',
      'Une personne invitée est déjà là.',
      'Attendez qu’elle parte pour en inviter une autre.',
    ],
    'broken-file': [
      'Ce fichier est incomplet ou abîmé',
      'Son contenu ne peut pas être lu jusqu’au bout.',
      'Ouvrez-le chez vous, enregistrez-le à nouveau, puis renvoyez-le.',
    ],
    'certificate-not-valid': [
      'Ce certificat n’est pas valable aujourd’hui',
      'Il a expiré, ou ne vaut pas encore.',
      'Donnez un certificat en cours de validité.',
    ],
    'file-too-large': [
      'Ce fichier est trop grand',
      'Il dépasse la taille permise pour son type.',
      'Envoyez-le en plus petit, ou en plusieurs parties.',
    ],
    'range-not-satisfiable': [
      'Cette partie du fichier n’existe pas',
      'La demande commence après la fin du fichier.',
      'Demandez le fichier depuis son début.',
    ],
    'unreadable-certificate': [
      'Ce certificat ne s’ouvre pas',
      'Le fichier n’est pas un PKCS#12, ou la phrase secrète est fausse.',
      'Vérifiez le fichier et la phrase secrète, puis réessayez.',
    ],
    'unsupported-file': [
      'Ce type de fichier n’est pas accepté',
      'Seuls les PDF et les images JPEG, PNG ou WebP le sont.',
      'Convertissez le fichier, puis renvoyez-le.',
    ],
    'already-hidden': [
      'Ce commentaire est déjà masqué',
      'Un autre administrateur l’a masqué.',
      'Rechargez la liste pour voir l’état actuel.',
    ],
    'not-reported': [
      'Cet avis n’est ni signalé ni masqué',
      'Il n’y a plus rien à décider à son sujet.',
      'Rechargez la liste pour voir l’état actuel.',
    ],
    'email-taken': [
      'Cet e-mail est déjà associé à un compte',
      'Quelqu’un, sans doute vous, s’est déjà inscrit avec cette adresse.',
      'Connectez-vous, ou faites envoyer un lien pour choisir un nouveau mot de passe.',
    ],
    'invalid-credentials': [
      'E-mail ou mot de passe incorrect',
      'Les deux ne vont pas ensemble ; pour la sécurité de tous, on ne dit pas lequel est faux.',
      'Vérifiez les deux, ou faites envoyer un lien pour choisir un nouveau mot de passe.',
    ],
    'session-expired': [
      'Votre session a expiré',
      'Vous avez été déconnecté : après une longue absence, ou depuis un autre appareil.',
      'Connectez-vous à nouveau.',
    ],
    'invalid-link': [
      'Ce lien n’est plus valable',
      'Il a déjà servi, il a expiré, ou un lien plus récent l’a remplacé.',
      'Faites envoyer un nouveau lien et ouvrez l’e-mail le plus récent.',
    ],
    'letter-too-soon': [
      'Un message vient de partir',
      'Les courriers à une même adresse partent à quelque intervalle.',
      'Regardez aussi vos courriers indésirables ; un autre pourra partir après le délai indiqué par la réponse.',
    ],
    'email-verified-already': [
      'Votre adresse est déjà confirmée',
      'Le lien a déjà été ouvert, peut-être sur un autre appareil.',
      'Rien : continuez comme avant.',
    ],
    'account-suspended': [
      'Ce compte est suspendu',
      'Un administrateur l’a suspendu ; la raison s’affiche à la connexion.',
      'Écrivez à la personne qui administre cette installation si vous pensez à une erreur.',
    ],
    'own-account': [
      'On ne peut pas suspendre son propre compte',
      'Un administrateur qui se suspend lui-même pourrait fermer la porte à tous.',
      'Demandez à un autre administrateur.',
    ],
    'rotated-recently': [
      'La clé de signature vient d’être changée',
      'Entre deux changements, tous les services doivent apprendre la nouvelle clé.',
      'Exploitants : attendez l’heure que nomme la réponse.',
    ],
    'care-ended': [
      'La dernière consultation est trop ancienne',
      'Un médecin et son patient s’écrivent tant qu’il y a un suivi : jusqu’à douze mois après leur dernière consultation.',
      'Relisez la conversation, et prenez rendez-vous pour la continuer.',
    ],
    'conversation-closed': [
      'Le médecin ne reçoit pas de messages ici',
      'Le médecin a fermé cette conversation et n’a pas laissé de réponse automatique.',
      'Prenez rendez-vous. En cas d’urgence, appelez le 190.',
    ],
    'doctor-unavailable': [
      'Le médecin ne peut recevoir personne pour le moment',
      'La licence du médecin n’est pas validée, ou son compte est suspendu : un message resterait sans réponse.',
      'Écrivez à un autre médecin qui vous suit, ou prenez rendez-vous.',
    ],
    'not-a-document': [
      'Ce fichier n’est ni un PDF, ni une photo lisible',
      'Les fichiers sont jugés sur ce qu’ils contiennent, quel que soit leur nom : un PDF entier, ou une photo JPEG, PNG ou WebP lisible.',
      'Choisissez un autre fichier, ou enregistrez celui-ci de nouveau en PDF.',
    ],
    'not-an-image': [
      'Ce fichier n’est pas une photo lisible',
      'Une photo est un JPEG, un PNG ou un WebP d’au plus 50 mégapixels, et son contenu doit pouvoir être lu.',
      'Choisissez une autre photo, ou enregistrez celle-ci en JPEG.',
    ],
    'licence-not-submitted': [
      'Aucun numéro d’ordre n’a été indiqué',
      'Il n’y a rien à vérifier avant que le médecin ait indiqué son numéro d’ordre.',
      'Attendez que le médecin ait complété son profil.',
    ],
    'slot-taken': [
      'Ce créneau n’est plus disponible',
      'Quelqu’un l’a réservé un instant plus tôt, le médecin l’a retiré, ou vous avez un autre rendez-vous à cette heure.',
      'Choisissez-en un autre parmi les créneaux proposés.',
    ],
    'not-practising': [
      'Vous ne pouvez pas recevoir de patients pour le moment',
      'La licence n’est pas validée, ou le compte est suspendu.',
      'Complétez votre numéro d’ordre dans le profil, ou écrivez à un administrateur.',
    ],
    'invalid-transition': [
      'Cette action n’est plus possible',
      'Le rendez-vous a changé d’état : il a reçu une réponse, a été annulé ou terminé entre-temps.',
      'Rechargez pour voir où en est le rendez-vous.',
    ],
    'too-early': [
      'Il est trop tôt pour cela',
      'Une consultation ne peut être terminée ou notée comme manquée qu’une fois commencée.',
      'Réessayez quand le rendez-vous a commencé.',
    ],
    'price-differs': [
      'Ce créneau a un autre prix',
      'De l’argent a été donné ou promis pour ce rendez-vous : il ne peut aller qu’à un créneau du même prix.',
      'Choisissez un créneau du même prix, ou annulez et réservez de nouveau.',
    ],
    'too-many-holds': [
      'Trop de créneaux attendent votre paiement',
      'Un créneau en attente de paiement n’est pas proposé aux autres ; chacun peut en retenir quelques-uns.',
      'Payez-en un ou laissez-le expirer.',
    ],
    'slot-not-reservable': [
      'Ce créneau est libre, mais n’est gardé pour personne',
      'Un créneau est gardé cinq minutes pour qui le réserve, quelques-uns par jour et par docteur.',
      'Réservez-le sans tarder.',
    ],
    'too-many-requests-open': [
      'Trop de vos demandes attendent une réponse',
      'Chacun peut avoir quelques demandes ouvertes, pour que les journées d’aucun médecin ne soient bloquées.',
      'Attendez une réponse ou annulez l’une des demandes.',
    ],
  },
};
