import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import ca.uhn.fhir.validation.FhirValidator;
import ca.uhn.fhir.validation.ResultSeverityEnum;
import ca.uhn.fhir.validation.SingleValidationMessage;
import ca.uhn.fhir.validation.ValidationOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hl7.fhir.common.hapi.validation.support.CommonCodeSystemsTerminologyService;
import org.hl7.fhir.common.hapi.validation.support.InMemoryTerminologyServerValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.NpmPackageValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.SnapshotGeneratingValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.ValidationSupportChain;
import org.hl7.fhir.common.hapi.validation.validator.FhirInstanceValidator;

/**
 * Holds document Bundles against HL7's profile of the International Patient Summary.
 * Arguments: the IPS package (.tgz), then the files. Ends with 1 when one has an error, or when one named « broken » has none.
 */
public final class FhirCheck {
  private static final String IPS_BUNDLE = "http://hl7.org/fhir/uv/ips/StructureDefinition/Bundle-uv-ips";

  public static void main(String[] arguments) throws Exception {
    List<String> given = List.of(arguments);
    FhirContext context = FhirContext.forR4();
    FhirValidator validator = validatorWith(given.get(0), context);
    boolean failed = false;
    for (String file : given.subList(1, given.size())) {
      boolean isBroken = Path.of(file).getFileName().toString().startsWith("broken");
      failed |= hasErrors(validator, Path.of(file)) != isBroken;
    }
    System.exit(failed ? 1 : 0);
  }

  /** The package itself, which HAPI reads from its class path only, is laid there by the caller. */
  private static FhirValidator validatorWith(String ipsPackage, FhirContext context) throws Exception {
    NpmPackageValidationSupport ips = new NpmPackageValidationSupport(context);
    ips.loadPackageFromClasspath("classpath:" + ipsPackage);
    ValidationSupportChain chain =
        new ValidationSupportChain(
            ips,
            new DefaultProfileValidationSupport(context),
            new CommonCodeSystemsTerminologyService(context),
            new InMemoryTerminologyServerValidationSupport(context),
            new SnapshotGeneratingValidationSupport(context));
    FhirInstanceValidator instances = new FhirInstanceValidator(chain);
    // SNOMED CT, LOINC, ATC and ICD-10 lie in no package: their codes are not looked up.
    instances.setAnyExtensionsAllowed(true);
    instances.setErrorForUnknownProfiles(true);
    return context.newValidator().registerValidatorModule(instances);
  }

  private static boolean hasErrors(FhirValidator validator, Path file) throws Exception {
    long start = System.nanoTime();
    List<SingleValidationMessage> messages =
        validator
            .validateWithResult(Files.readString(file), new ValidationOptions().addProfile(IPS_BUNDLE))
            .getMessages();
    long took = (System.nanoTime() - start) / 1_000_000;
    Map<ResultSeverityEnum, Integer> counts = new TreeMap<>();
    for (SingleValidationMessage message : messages) {
      counts.merge(message.getSeverity(), 1, Integer::sum);
      if (message.getSeverity().ordinal() >= ResultSeverityEnum.ERROR.ordinal()
          || System.getenv("FHIR_CHECK_ALL") != null)
        System.out.println(
            "  " + message.getSeverity() + " " + message.getLocationString() + ": " + message.getMessage());
    }
    int errors =
        counts.getOrDefault(ResultSeverityEnum.ERROR, 0) + counts.getOrDefault(ResultSeverityEnum.FATAL, 0);
    System.out.println(
        file.getFileName()
            + ": "
            + errors
            + " errors, "
            + counts.getOrDefault(ResultSeverityEnum.WARNING, 0)
            + " warnings, "
            + counts.getOrDefault(ResultSeverityEnum.INFORMATION, 0)
            + " remarks ("
            + took
            + " ms)");
    return errors > 0;
  }
}
